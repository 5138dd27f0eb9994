// Errors in the JobPosting markup of pages: FILE... -> {file: {found: [types], errors: [...]}}.
import fs from 'node:fs';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import Validator from '@adobe/structured-data-validator';

// The validator looks at one place only: of several, each is held against its rules alone.
const singly = (posting) => [posting.jobLocation].flat().map((place) => ({ ...posting, jobLocation: place }));

const result = {};
for (const file of process.argv.slice(2)) {
  const found = new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] }).parse(fs.readFileSync(file, 'utf8'));
  if (found.jsonld?.JobPosting) found.jsonld.JobPosting = found.jsonld.JobPosting.flatMap(singly);
  const issues = await new Validator(null).validate(found);
  result[file] = {
    found: Object.keys(found.jsonld ?? {}),
    errors: issues.filter((one) => one.severity === 'ERROR').map((one) => one.issueMessage),
  };
}
console.log(JSON.stringify(result));
