using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark.Bench.Quality;

/// <summary>
/// Documents in a file of JSON lines, with queries and what answers them; or a folder, whose titles and headings are the queries.
/// </summary>
/// <param name="Path">
/// Lines that begin with <c>query</c> have <c>relevant</c> (ids) as well; those with <c>id</c> are documents. One with <c>folder</c> says where
/// documents are instead, one with <c>meanings</c> what stands in for a model; both relative to the file.
/// </param>
internal sealed record JudgedSet(string Path)
{
    private const string QueryLine = "{\"query\"";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(System.IO.Path.TrimEndingDirectorySeparator(Path));

    public bool IsFolder => Directory.Exists(Path);

    /// <summary>Where the documents are, if they are not in the file itself.</summary>
    public string? Folder => IsFolder ? Path : Named("folder");

    /// <summary>What stands in for a model that knows what its words mean; null: nothing does.</summary>
    public string? Meanings => IsFolder ? null : Named("meanings");

    /// <summary>What is indexed.</summary>
    public IDocumentSource Documents()
    {
        if (Folder is { } folder)
        {
            var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
            return new DirectorySource(
                new DirectoryOptions { Name = System.IO.Path.GetFileName(path), Path = path, Extractors = DefaultExtractors.All });
        }

        var documents = string.Join('\n', Lines("{\"id\"")) + '\n';
        return new JsonLinesSource(new MemoryStream(Encoding.UTF8.GetBytes(documents)), new JsonLinesOptions { Name = Name });
    }

    /// <summary>The queries of a file.</summary>
    public IReadOnlyList<JudgedQuery> Queries() =>
    [
        .. Lines(QueryLine).Select(line =>
        {
            using var parsed = JsonDocument.Parse(line);
            var relevant = parsed.RootElement.GetProperty("relevant").EnumerateArray().Select(id => id.GetString() ?? "");
            return new JudgedQuery(parsed.RootElement.GetProperty("query").GetString() ?? "", relevant.ToHashSet(StringComparer.Ordinal));
        }),
    ];

    /// <summary>Another path that the file names, relative to itself.</summary>
    private string? Named(string field) => Lines($"{{\"{field}\"").Select(line =>
    {
        using var parsed = JsonDocument.Parse(line);
        var path = parsed.RootElement.GetProperty(field).GetString() ?? "";
        return System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "");
    }).FirstOrDefault();

    private IEnumerable<string> Lines(string beginning) =>
        File.ReadLines(Path).Where(line => line.StartsWith(beginning, StringComparison.Ordinal));
}
