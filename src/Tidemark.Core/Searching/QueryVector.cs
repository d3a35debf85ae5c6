using System.Numerics.Tensors;
using System.Text;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>The vector of a query, made as those of the chunks were.</summary>
internal sealed class QueryVector(EmbeddingModel model, TimeProvider clock)
{
    private readonly QueryEmbedder _queries = new(model, clock);

    /// <summary>Of a search that begins again, because what it asked was replaced meanwhile: its vector is paid for already.</summary>
    private Embedded? _last;

    /// <exception cref="TidemarkException">
    /// <c>embedding.too-long</c>; <c>embedding.invalid</c>: no usable vector; other <c>embedding</c> codes: no answer.
    /// </exception>
    public async Task<float[]> OfAsync(string query, PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        var input = pipeline.IsNormalized ? InputNormalizer.Normalize(query) : query;
        if (Volatile.Read(ref _last) is { } last && last.Input == input)
        {
            return last.Vector;
        }

        RequireLength(input);
        var generated = await _queries.EmbedAsync(input, cancellationToken).ConfigureAwait(false);
        var vector = UnitVector(generated.Count == 1 ? generated[0].Vector : default);
        Volatile.Write(ref _last, new Embedded(input, vector));
        return vector;
    }

    private float[] UnitVector(ReadOnlyMemory<float> vector)
    {
        var length = TensorPrimitives.Norm(vector.Span);
        if (vector.Length != model.Space.Dimensions || !float.IsFinite(length) || length == 0)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingInvalid,
                $"the model '{model.Space.Name}' gave no usable vector for the query ({vector.Length} dimensions, length {length})",
                "try the query again; if it stays so, the endpoint does not serve the model that is configured");
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, length, unit);
        return unit;
    }

    private void RequireLength(string input)
    {
        var bytes = Encoding.UTF8.GetByteCount(input);
        if (bytes > model.MaxInputBytes)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingTooLong,
                $"the query has {bytes} bytes, the model '{model.Space.Name}' takes {model.MaxInputBytes}",
                "ask a shorter question, or search with SearchMode.Keyword");
        }

        if (model.Limit is { } limit && !limit.Holds(input))
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingTooLong,
                $"the query has {bytes} bytes and more tokens than the {limit.Tokens} that the model '{model.Space.Name}' takes",
                "ask a shorter question, or search with SearchMode.Keyword");
        }
    }

    private sealed record Embedded(string Input, float[] Vector);
}
