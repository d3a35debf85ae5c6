using System.Globalization;
using Tidemark.Embedding;

namespace Tidemark.Cli.Configuration;

/// <summary>Which embedder, with how many dimensions: <c>hashing:384</c>.</summary>
internal sealed record EmbedderSpec(string Model, int Dimensions)
{
    public const string Hashing = "hashing";

    public static EmbedderSpec Default { get; } = new(Hashing, HashingModel.DefaultDimensions);

    /// <summary>The name of the embedding space.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Model}:{Dimensions}");

    /// <summary>
    /// Takes <c>hashing</c> and <c>hashing:DIM</c>; without dimensions they are <paramref name="dimensions"/>.
    /// </summary>
    /// <returns>Null: not a known embedder.</returns>
    public static EmbedderSpec? Parse(string text, int dimensions = HashingModel.DefaultDimensions)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var model = colon < 0 ? text : text[..colon];
        if (!string.Equals(model, Hashing, StringComparison.Ordinal))
        {
            return null;
        }

        if (colon < 0)
        {
            return new EmbedderSpec(model, dimensions);
        }

        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            && given is >= HashingModel.MinDimensions and <= HashingModel.MaxDimensions
            ? new EmbedderSpec(model, given)
            : null;
    }
}
