using Tidemark.Conformance.Sources;
using Tidemark.Conformance.Syncing;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>A feed is a source like every other.</summary>
public sealed class PostgresFeedSourceTests : ChangeSourceConformance
{
    protected override async ValueTask<ChangeWorld> MakeAsync(CountingGenerator model)
    {
        _ = TestServer.Url;
        Assert.SkipWhen(
            await TestServer.ScalarAsync<string>("postgres", "show wal_level") != "logical", "the server was not started with wal_level = logical; eng/services does");
        return await FeedWorld.MakeAsync(model);
    }
}
