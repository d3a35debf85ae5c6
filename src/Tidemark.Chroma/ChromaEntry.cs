using System.Text.Json;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Chroma;

/// <summary>One entry as the server lists it.</summary>
internal sealed record ChromaEntry(string Id, string? Text, JsonElement Metadata, float[] Vector) : FoundEntry(Id)
{
    /// <summary>What a number may lose on its way through text and back.</summary>
    private const float Tolerance = 1e-6f;

    public override bool IsLike(IndexEntry entry) =>
        string.Equals(Text ?? "", entry.Text, StringComparison.Ordinal)
        && ChromaMetadata.IsLike(Metadata, entry)
        && IsLike(entry.Vector.Span);

    private bool IsLike(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Vector.Length)
        {
            return false;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            // Not the other way round: a value that is no number is not near anything.
            if (!(Math.Abs(vector[i] - Vector[i]) <= Tolerance))
            {
                return false;
            }
        }

        return true;
    }
}
