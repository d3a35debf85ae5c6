using Tidemark.Cli.Configuration;
using Tidemark.Documents;
using Tidemark.Formats;
using Tidemark.Sources;

namespace Tidemark.Cli.Composition;

/// <summary>Makes the sources that were resolved; those of one name become one source.</summary>
/// <param name="cleanup">What the call asked for; it wins over what the sources say.</param>
internal sealed class SourceFactory(LimitSettings limits, CleanupMode? cleanup, TimeProvider clock)
{
    public IReadOnlyList<IDocumentSource> Create(IReadOnlyList<SourceSettings> sources) =>
        [.. sources.GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => Create(g.Key, [.. g]))];

    private IDocumentSource Create(string name, SourceSettings[] sources)
    {
        var source = sources.Length == 1
            ? Create(sources[0])
            : new CompositeSource(name, [.. sources.Select(s => (s.Given, Create(s)))]);
        return sources[0].Cleanup is { } mode ? new CleanupChoice(source, CleanupModes.Parse(mode)) : source;
    }

    private IDocumentSource Create(SourceSettings source)
    {
        if (source.Type == SourceType.Directory)
        {
            return new DirectorySource(DirectoryOptions(source));
        }

        var options = JsonLinesOptions(source);
        return source.Path == SourceSettings.StandardInput
            ? new JsonLinesSource(Console.OpenStandardInput(), options)
            : new JsonLinesSource(source.Path, options);
    }

    private DirectoryOptions DirectoryOptions(SourceSettings source) => new()
    {
        Name = source.Name,
        Path = source.Path,
        Include = source.Include ?? [],
        Exclude = source.Exclude,
        NoIgnore = !source.IgnoreFiles,
        MaxFileBytes = limits.MaxFileBytes,
        Extractors = DefaultExtractors.All,
        Clock = clock,
    };

    private JsonLinesOptions JsonLinesOptions(SourceSettings source)
    {
        var mode = cleanup ?? (source.Cleanup is { } own ? CleanupModes.Parse(own) : CleanupMode.Incremental);
        return new JsonLinesOptions
        {
            Name = source.Name,
            IdKey = source.IdKey,
            TextKey = source.TextKey,
            TextTemplate = source.TextTemplate,
            SourceIdKey = source.SourceIdKey,
            SourceIdTemplate = source.SourceIdTemplate,
            RequireIdentity = mode == CleanupMode.Incremental,
            MaxLineBytes = (int)limits.MaxLineBytes,
        };
    }
}
