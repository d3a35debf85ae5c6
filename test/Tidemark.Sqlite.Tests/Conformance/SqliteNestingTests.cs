using Tidemark.Conformance.Streaming;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteNestingTests : NestingConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(TimeProvider.System);

    protected override Task DamageQueueAsync()
    {
        using var connection = SqliteConnection.Open(((SelfRemovingStore)Store).Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(1));
        connection.Execute("UPDATE queue SET payload = '{'");
        return Task.CompletedTask;
    }
}
