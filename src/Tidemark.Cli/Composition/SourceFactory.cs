using Tidemark.Cli.Configuration;
using Tidemark.Documents;

namespace Tidemark.Cli.Composition;

/// <summary>Makes the sources that were resolved; those of one name become one source.</summary>
internal sealed class SourceFactory(LimitSettings limits, TimeProvider clock)
{
    public IReadOnlyList<IDocumentSource> Create(IReadOnlyList<SourceSettings> sources) =>
        [.. sources.GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => Create(g.Key, [.. g]))];

    private IDocumentSource Create(string name, SourceSettings[] sources) =>
        sources.Length == 1
            ? Create(sources[0])
            : new CompositeSource(name, [.. sources.Select(s => (s.Given, Create(s)))]);

    private IDocumentSource Create(SourceSettings source) =>
        throw new NotSupportedException($"{source}{limits}{clock}");
}
