using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Makes the pipeline that a generation was built with, whatever the index is set to.</summary>
/// <param name="generation">That follows, or is to answer.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
/// <exception cref="TidemarkException">It cannot be made here: its model or its chunker is not known.</exception>
internal delegate ValueTask<SyncPipeline> FollowerOpening(GenerationRecord generation, CancellationToken cancellationToken);
