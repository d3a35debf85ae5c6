using System.Collections;
using Tidemark.Chunking;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;
using Tidemark.Embedding;
using Tidemark.Indexing;

namespace Tidemark.Composition;

/// <summary>From settings to an index: the one place where the executable puts it together.</summary>
/// <param name="Environment">Where keys are.</param>
internal sealed record IndexComposer(TidemarkSettings Settings, IDictionary Environment, TimeProvider Clock)
{
    /// <summary>Whatever is indexed outside of the store stays there, for instance because its server is gone for good.</summary>
    public bool LeavesExternalIndexes { get; init; }

    /// <summary>Hears of an external index's server that lets wait, where no run tells of itself; null: nobody does.</summary>
    public Action<string>? OnSilence { get; init; }

    /// <param name="open">Opens the store as the command needs it.</param>
    /// <param name="asked">What was said of the pipeline; the rest is as the namespace was built.</param>
    /// <param name="notice">Hears of the provider; null: nobody does.</param>
    public TidemarkIndex Compose(
        Func<CancellationToken, Task<ITidemarkStore>> open, PipelineSettings asked, IProviderListener? notice) => TidemarkIndex.Create(index =>
    {
        var embedders = new EmbedderChoice(Settings.Pipeline.Provider, Environment, Clock) { OnWait = notice is null ? null : notice.OnWait };
        index.UseClock(Clock)
            .UseNamespace(Settings.Namespace)
            .UseStore(async (_, cancellationToken) => await open(cancellationToken))
            .UseEmbedder(
                async (opening, cancellationToken) =>
                {
                    var model = Priced(await ModelAsync(embedders, asked, opening, cancellationToken));
                    return notice?.Watch(model) ?? model;
                },
                follows: true)
            .UseChunker(Cutting(asked))
            .UseGuard(Settings.Guard)
            .UsePolicy(Settings.Policy)
            .KeepText(Settings.KeepText);
        if (asked.Normalize is { } normalize)
        {
            index.NormalizeInput(normalize);
        }

        if (asked.Stemming is { } stemming)
        {
            index.UseStemming(stemming == PipelineSettings.NoStemming ? null : stemming);
        }

        if (!LeavesExternalIndexes)
        {
            var external = new ExternalIndexChoice(Environment, Clock)
            {
                OnSilence = notice is null ? OnSilence : notice.OnSilence,
                Check = (location, hasToken) => new IndexTrust(Settings, Environment, Clock).Require(location, asked.Index, hasToken),
            };
            index.UseIndex(asked.Index, (_, _) => ValueTask.FromResult<IExternalIndexes>(external));
        }

        if (Settings.AppendOnlyNamespaces.Count > 0)
        {
            index.AppendOnly(Settings.AppendOnlyNamespaces);
        }
    });

    public static ChunkerChoice Cutting(PipelineSettings asked) => new()
    {
        Kind = asked.Chunker switch
        {
            null => null,
            "recursive" => ChunkerKind.Recursive,
            "none" => ChunkerKind.None,
            _ => ChunkerKind.Structured,
        },
        Size = asked.ChunkSize,
        Overlap = asked.ChunkOverlap,
    };

    /// <summary>Where nobody asked for an embedder, vectors that are brought along are taken for what they say they are.</summary>
    private static async ValueTask<EmbeddingModel> ModelAsync(
        EmbedderChoice embedders, PipelineSettings asked, OpeningContext opening, CancellationToken cancellationToken)
    {
        if (opening.IsExact)
        {
            return embedders.Create(EmbedderChoice.Decide(null, new TraitSettings(), opening.Built!.Space, []));
        }

        var wanted = asked.NamedEmbedder ?? (opening.Brought is { } space ? EmbedderSpec.Parse(space) : null);
        var others = wanted is null ? [] : await opening.SpacesAsync(cancellationToken);
        var spec = EmbedderChoice.Decide(
            wanted, asked.Traits, opening.Built?.Space ?? (wanted is null ? opening.Begun : null), others);
        return opening.MayAsk ? await embedders.CreateAsync(spec, cancellationToken) : embedders.Create(spec);
    }

    private EmbeddingModel Priced(EmbeddingModel model) =>
        model with { PricePerMillionTokens = Settings.Cost.PriceOf(model.Space.Name) };
}
