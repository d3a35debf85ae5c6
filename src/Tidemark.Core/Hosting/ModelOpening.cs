using Tidemark.Embedding;

namespace Tidemark;

/// <summary>Makes the model of an index, once; it may ask an endpoint what it needs to know.</summary>
/// <param name="services">Of the container; an index without one gives nothing.</param>
/// <param name="clock">The index's clock.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate ValueTask<EmbeddingModel> ModelOpening(
    IServiceProvider services, TimeProvider clock, CancellationToken cancellationToken);
