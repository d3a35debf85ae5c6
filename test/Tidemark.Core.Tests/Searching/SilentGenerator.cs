using Microsoft.Extensions.AI;
using Tidemark.Embedding;

namespace Tidemark.Tests.Searching;

/// <summary>A model that gives no answer.</summary>
internal sealed class SilentGenerator(string code) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new EmbeddingRequestException(
            EmbeddingFault.Fatal, code, "'host' is not there", "run the same command again later; what was committed stays");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
