# What GitHub's own sanitiser takes away from Markdown pages, as JSON: {file: [what, ...]}.
#
# html-pipeline is the library GitHub published its pipeline as; commonmarker is its parser.
require 'json'
require 'commonmarker'
require 'html/pipeline'

EXTENSIONS = %i[tagfilter autolink table strikethrough].freeze

# Count every element, every attribute of one, and the words.
def contents(tree)
  tree.xpath('.//comment()').each(&:remove)
  counts = Hash.new(0)
  tree.traverse do |node|
    next unless node.element?
    counts[node.name] += 1
    node.attribute_nodes.each { |one| counts["#{node.name}[#{one.name}]"] += 1 }
  end
  [counts, tree.text.split]
end

result = ARGV.to_h do |file|
  html = CommonMarker.render_html(File.read(file), %i[UNSAFE GITHUB_PRE_LANG], EXTENSIONS)
  before, words = contents(Nokogiri::HTML::DocumentFragment.parse(html))
  after, left = contents(HTML::Pipeline::SanitizationFilter.new(html, {}).call)
  lost = before.select { |name, count| after[name] < count }.keys
  lost << 'words' unless words == left
  [file, lost]
end
puts JSON.generate(result)
