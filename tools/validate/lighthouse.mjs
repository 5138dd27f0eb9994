// Scores of pages in a Chromium that is already running: PORT URL... -> {url: {category: score, failed: [...]}}.
import lighthouse from 'lighthouse';

const [port, ...urls] = process.argv.slice(2);
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const result = {};
for (const url of urls) {
  const { lhr } = await lighthouse(url, { port: Number(port), output: 'json', logLevel: 'silent', onlyCategories: categories });
  result[url] = Object.fromEntries(categories.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
  result[url].failed = Object.values(lhr.audits)
    .filter((audit) => audit.score !== null && audit.score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(audit.scoreDisplayMode))
    .map((audit) => `${audit.id} ${audit.displayValue ?? ''}`.trim());
}
console.log(JSON.stringify(result));
