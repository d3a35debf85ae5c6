using System.Net;
using Microsoft.Extensions.AI;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>A model that refuses texts with the word 'poison', and everything while it is down.</summary>
internal sealed class MoodyGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 8;

    public volatile bool IsDown;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var inputs = values.ToList();
        return IsDown ? throw new HttpRequestException("it is down", null, HttpStatusCode.ServiceUnavailable)
            : inputs.Exists(input => input.Contains("poison", StringComparison.Ordinal))
            ? throw new HttpRequestException("it does not like that", null, HttpStatusCode.BadRequest)
            : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(inputs.Select(input => new Embedding<float>(VectorOf(input)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        var vector = new float[Dimensions];
        foreach (var letter in text)
        {
            vector[letter % Dimensions]++;
        }

        return vector;
    }
}
