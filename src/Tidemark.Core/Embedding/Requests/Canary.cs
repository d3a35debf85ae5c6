using System.Numerics.Tensors;

namespace Tidemark.Embedding.Requests;

/// <summary>
/// Compares the vector of <see cref="CanaryInput"/>, which is sent first in every run that embeds, with the stored one: a
/// model that gives another is not the one that the stored vectors are of.
/// </summary>
internal sealed class Canary(IEmbeddingStore store, EmbeddingSpace space)
{
    /// <summary>Models differ a little from call to call; another model is nowhere near.</summary>
    private const float LeastSimilarity = 0.99f;

    private ReadOnlyMemory<float> _known;

    /// <summary>Reads the vector that an earlier run kept, if any.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(space, [CanaryInput.Hash], cancellationToken).ConfigureAwait(false);
        _known = found.Count == 0 ? default : found[0].Vector;
    }

    /// <returns>Null: it is the same model; else <c>embedding.changed</c>, fatal.</returns>
    public EmbeddingRequestException? Judge(ReadOnlyMemory<float> vector)
    {
        var similarity = _known.IsEmpty ? 1 : TensorPrimitives.CosineSimilarity(_known.Span, vector.Span);
        return similarity >= LeastSimilarity ? null : new EmbeddingRequestException(
            EmbeddingFault.Fatal,
            ErrorCodes.EmbeddingChanged,
            $"the model of '{space.Name}' is not the one that the stored vectors are of: for the same text it gives a vector "
            + $"with a similarity of {similarity:0.000} to the former one; nothing of it was stored",
            "ask the former endpoint again, or re-embed in a space of its own: keep a new EmbeddingSpace.Name "
            + "and run 'SyncAsync(SOURCE, Rebuild)' with it, SOURCE being "
            + "what the documents came from");
    }
}
