using Microsoft.Extensions.AI;

namespace Tidemark.Embedding;

/// <summary>
/// An offline, deterministic, <em>lexical</em> embedder: two texts are near each other if they share words or parts of words;
/// it knows nothing of meaning. Signed feature hashing (Weinberger et al., 2009) of words and of character 3- to 5-grams
/// inside word borders, lower-cased and without Latin diacritics; scripts without spaces give single characters and pairs.
/// A word weighs 1 + ln(count), the vector has unit length. All sums are integers, so that every machine gives the same bits.
/// </summary>
/// <remarks>
/// A text without a letter or digit gives the vector of its symbols; a blank one the first unit vector. Safe for concurrent
/// use; a text costs no allocation but its vector.
/// </remarks>
public sealed class HashingEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly int _dimensions;
    private EmbeddingGeneratorMetadata? _metadata;
    private HashingFeatures? _spare;

    /// <param name="dimensions">16 to 4,096.</param>
    public HashingEmbeddingGenerator(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, HashingModel.MinDimensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, HashingModel.MaxDimensions);
        _dimensions = dimensions;
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var features = Interlocked.Exchange(ref _spare, null) ?? new HashingFeatures(_dimensions);
        var generated = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[_dimensions];
            features.Embed(value, vector);
            generated.Add(new Embedding<float>(vector));
        }

        _spare = features;
        return Task.FromResult(generated);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ?
            _metadata ??= new EmbeddingGeneratorMetadata("hashing", null, $"hashing:{_dimensions}", _dimensions)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
