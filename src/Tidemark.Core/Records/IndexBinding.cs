using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>Which external index a generation belongs to, and by what the two know each other.</summary>
/// <param name="Location">As <see cref="PipelineIdentity.Index"/> names it.</param>
/// <param name="Owner">A mark that no other namespace and no other store has; the index keeps it too.</param>
/// <param name="Incarnation">What the index called itself when it was first seen; null: it was not seen yet.</param>
public sealed record IndexBinding(
    string Namespace, EmbeddingSpace Space, string Location, string Owner, string? Incarnation)
{
    /// <summary>
    /// Nothing random: a store that was lost and is made again at its place may take its index up again, for entries of its
    /// former life resolve to nothing until they are written anew.
    /// </summary>
    /// <param name="place">Where the store is; no other store is there.</param>
    /// <param name="namespace">The store's number of the namespace.</param>
    public static string OwnerOf(string place, long @namespace)
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{place}\0{@namespace}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16));
    }
}
