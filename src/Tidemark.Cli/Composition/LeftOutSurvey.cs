using Tidemark.Cli.Configuration;
using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark.Cli.Composition;

/// <summary>Counts what a sync of the folders that were found would not take.</summary>
internal static class LeftOutSurvey
{
    /// <param name="sources">Of the folder; where there are none, the folder itself is looked at.</param>
    public static async Task<IReadOnlyDictionary<string, long>> OfAsync(
        string folder, IReadOnlyList<FoundSource> sources, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var folders = sources.Where(source => source.Type == SourceType.Directory).Select(source => source.Path).ToArray();
        foreach (var path in sources.Count == 0 ? ["."] : folders)
        {
            var source = new DirectorySource(new DirectoryOptions
            {
                Name = path,
                Path = Path.Combine(folder, path),
                Extractors = DefaultExtractors.All,
            });
            await foreach (var page in source.ListAsync(cancellationToken))
            {
                using (page)
                {
                    foreach (var (ending, files) in page.NotTaken)
                    {
                        counts[ending] = counts.GetValueOrDefault(ending) + files;
                    }
                }
            }
        }

        return counts;
    }
}
