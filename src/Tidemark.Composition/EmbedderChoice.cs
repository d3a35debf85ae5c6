using System.Collections;
using Tidemark.Composition.Configuration;
using Tidemark.Embedding;
using Tidemark.Networking;
using Tidemark.OpenAI;

namespace Tidemark.Composition;

/// <summary>From what was asked for and what the index was built with to a model.</summary>
/// <param name="environment">Where the key is.</param>
internal sealed class EmbedderChoice(ProviderSettings provider, IDictionary environment, TimeProvider clock)
{
    /// <summary>Hears of a provider that lets wait before a run has begun; null: nobody listens.</summary>
    public Action<EmbeddingRequestException, TimeSpan>? OnWait { get; init; }

    /// <param name="asked">Null: nobody asked.</param>
    /// <param name="traits">What the settings say of a space whose model nobody named.</param>
    /// <param name="built">The space of the index; null: there is none yet.</param>
    /// <param name="spaces">Other spaces of the store: they may know how many dimensions the model has.</param>
    /// <exception cref="TidemarkException">
    /// <c>embedding.space</c>: this release has no embedder for the index.
    /// </exception>
    public static EmbedderSpec Decide(EmbedderSpec? asked, TraitSettings traits, string? built, IEnumerable<string> spaces)
    {
        if (asked is null)
        {
            return traits.Over(built is null ? EmbedderSpec.Default : EmbedderSpec.Parse(built) ?? throw Unknown(built));
        }

        if (asked.Dimensions is not null)
        {
            return asked;
        }

        var known = OpenAIModel.KnownDimensions(asked.Model) is { } dimensions ? asked with { Dimensions = dimensions } : null;
        return Sized(asked, built) ?? known
            ?? spaces.Select(space => Sized(asked, space)).FirstOrDefault(spec => spec is not null) ?? asked;
    }

    /// <summary>A model to work with; one whose dimensions nobody knows has none, which is enough for a plan.</summary>
    public EmbeddingModel Create(EmbedderSpec spec) =>
        spec.IsHashing ? HashingModel.Create(spec.Dimensions!.Value) : CreateOpenAI(spec);

    /// <summary>The same, after asking the model for its dimensions where nobody knows them.</summary>
    public async Task<EmbeddingModel> CreateAsync(EmbedderSpec spec, CancellationToken cancellationToken) =>
        Create(spec) is { Space.Dimensions: > 0 } known
            ? known
            : Create(spec with { Dimensions = await OpenAIModel.ProbeAsync(Options(spec), clock, OnWait, cancellationToken) });

    private static EmbedderSpec? Sized(EmbedderSpec asked, string? space) =>
        space is not null && EmbedderSpec.Parse(space) is { Dimensions: not null } known
        && known with { Dimensions = null } == asked
            ? known
            : null;

    private static TidemarkException Unknown(string built) => new(
        ErrorCodes.EmbeddingSpace,
        $"the index is in the embedding space '{built}', for which this release has no embedder",
        "use the release that built it, or 'tidemark sync --rebuild --embedder hashing:384'");

    private EmbeddingModel CreateOpenAI(EmbedderSpec spec) => OpenAIModel.Create(Options(spec), clock);

    private OpenAIOptions Options(EmbedderSpec spec) => new()
    {
        Model = spec.Model,
        Dimensions = spec.Dimensions,
        Traits = spec.Traits,
        BaseUrl = provider.BaseUrl ?? new Uri(OpenAIOptions.DefaultBaseUrl),
        Key = Key(),
        KeyVariable = provider.KeyVariable,
        Tokenizer = provider.Tokenizer,
        FloatEncoding = provider.FloatEncoding,
        BatchSize = provider.BatchSize,
        Requests = provider.Requests,
    };

    private string? Key() => (environment[provider.KeyVariable] as string)?.Trim() is { Length: > 0 } key
        ? HeaderSecret.Require(key, $"the key in the environment variable '{provider.KeyVariable}'")
        : null;
}
