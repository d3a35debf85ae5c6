using System.Globalization;
using Tidemark.Embedding;

namespace Tidemark.Composition.Configuration;

/// <summary>Which embedder: <c>hashing:384</c>, <c>openai:MODEL:DIM</c>, and what makes its space one of its own.</summary>
/// <param name="Model">The provider's name of the model; of the offline one its own name.</param>
/// <param name="Dimensions">Null: nobody said, and the model has to be asked.</param>
internal sealed record EmbedderSpec(string Provider, string Model, int? Dimensions, SpaceTraits Traits)
{
    public const string Hashing = "hashing";
    public const string OpenAI = "openai";
    public const int MostDimensions = 65_536;

    public static EmbedderSpec Default { get; } = OfHashing(HashingModel.DefaultDimensions);

    public bool IsHashing => string.Equals(Provider, Hashing, StringComparison.Ordinal);

    /// <summary>The name of the embedding space; without dimensions that of no space yet.</summary>
    public string Name
    {
        get
        {
            var model = IsHashing ? Hashing : $"{Provider}:{Model}";
            return Dimensions is { } known
                ? string.Create(CultureInfo.InvariantCulture, $"{model}:{known}{Traits.ToSuffix()}")
                : model + Traits.ToSuffix();
        }
    }

    /// <summary>Takes <c>hashing[:DIM]</c> and <c>openai:MODEL[:DIM][?TRAITS]</c>.</summary>
    /// <param name="dimensions">Those of a text that has none; null: the offline model's default, else unknown.</param>
    /// <returns>Null: not a known embedder.</returns>
    public static EmbedderSpec? Parse(string text, int? dimensions = null)
    {
        if (text.StartsWith(OpenAI + ":", StringComparison.Ordinal))
        {
            return ParseOpenAI(text[(OpenAI.Length + 1)..], dimensions);
        }

        if (string.Equals(text, Hashing, StringComparison.Ordinal))
        {
            return Checked(dimensions ?? HashingModel.DefaultDimensions);
        }

        return text.StartsWith(Hashing + ":", StringComparison.Ordinal) && Number(text.AsSpan(Hashing.Length + 1)) is { } given
            ? Checked(given)
            : null;
    }

    /// <summary>Whether the text says which provider it means.</summary>
    public static bool NamesProvider(string text) =>
        string.Equals(text, Hashing, StringComparison.Ordinal)
        || text.StartsWith(Hashing + ":", StringComparison.Ordinal)
        || text.StartsWith(OpenAI + ":", StringComparison.Ordinal);

    private static EmbedderSpec? ParseOpenAI(string text, int? dimensions)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var traits = mark < 0 ? SpaceTraits.None : SpaceTraits.TryParse(text[(mark + 1)..]);
        var model = mark < 0 ? text : text[..mark];

        // A model's own name may have colons (nomic-embed-text:latest): only a number at the end is dimensions.
        var colon = model.LastIndexOf(':');
        if (colon >= 0 && Number(model.AsSpan(colon + 1)) is { } given)
        {
            (model, dimensions) = (model[..colon], given);
        }

        var fits = model.Length > 0 && !model.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        return traits is null || !fits || dimensions is < 1 or > MostDimensions
            ? null
            : new EmbedderSpec(OpenAI, model, dimensions, traits);
    }

    private static EmbedderSpec? Checked(int dimensions) =>
        dimensions is >= HashingModel.MinDimensions and <= HashingModel.MaxDimensions ? OfHashing(dimensions) : null;

    private static EmbedderSpec OfHashing(int dimensions) => new(Hashing, Hashing, dimensions, SpaceTraits.None);

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
