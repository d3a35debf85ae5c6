using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Queueing;

/// <summary>Hands out the tokens and revisions of the queue, each greater than all before.</summary>
internal static class QueueCounter
{
    public static long Next(SqliteConnection connection)
    {
        connection.Scalar("UPDATE queue_counter SET last = last + 1");
        return connection.Scalar("SELECT last FROM queue_counter");
    }
}
