using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Tidemark;

/// <summary>Finds the embedding generator of a container.</summary>
internal static class ServiceGenerator
{
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the container has none.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> Of(IServiceProvider services, object? key)
    {
        var found = key is null
            ? services.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>))
            : (services as IKeyedServiceProvider)?.GetKeyedService(typeof(IEmbeddingGenerator<string, Embedding<float>>), key);
        return found as IEmbeddingGenerator<string, Embedding<float>> ?? throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            key is null ? "the services have no embedding generator" : $"the services have no embedding generator '{key}'",
            "register an 'IEmbeddingGenerator<string, Embedding<float>>', or give one to 'UseEmbedder'");
    }
}
