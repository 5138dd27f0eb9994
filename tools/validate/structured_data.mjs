// Errors in the JobPosting markup of pages: FILE... -> {file: {found: [types], errors: [...]}}.
import fs from 'node:fs';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import Validator from '@adobe/structured-data-validator';

const result = {};
for (const file of process.argv.slice(2)) {
  const found = new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] }).parse(fs.readFileSync(file, 'utf8'));
  const issues = await new Validator(null).validate(found);
  result[file] = {
    found: Object.keys(found.jsonld ?? {}),
    errors: issues.filter((one) => one.severity === 'ERROR').map((one) => one.issueMessage),
  };
}
console.log(JSON.stringify(result));
