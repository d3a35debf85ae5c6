using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;

namespace Tidemark.Core.Tests.Conformance;

public sealed class InMemoryExpiryRuleTests : ExpiryRuleConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
