using System.Net.Sockets;
using Npgsql;

namespace Tidemark.Postgres.Feeding;

/// <summary>What the application's database says, as our errors with a remedy. Messages of the driver hold no password.</summary>
internal static class FeedErrors
{
    private const string IdleInTransactionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";

    public static bool IsTranslatable(Exception e) =>
        e is NpgsqlException or SocketException or IOException or TimeoutException || e is InvalidOperationException { InnerException: NpgsqlException };

    public static TidemarkException Translate(SourceDatabase database, Exception e) => e switch
    {
        PostgresException server => Of(database, server),
        _ when e.InnerException is PostgresException inner => Of(database, inner),
        _ => new TidemarkException(
            ErrorCodes.FeedUnreachable,
            $"the connection to '{database.Name}' failed or was lost: {e.InnerException?.Message ?? e.Message}",
            "see that the server runs and can be reached; the feed goes on from where it was",
            e),
    };

    public static TidemarkException Setup(string message, string remedy, Exception? cause = null) =>
        new(ErrorCodes.FeedSetup, message, remedy, cause);

    public static TidemarkException Busy(string message, string remedy) => new(ErrorCodes.FeedBusy, message, remedy);

    public static TidemarkException Lost(string message, string source) => new(
        ErrorCodes.FeedLost, message, $"read everything again and compare: PostgresFeed.RunAsync(\"{source}\", Repair)");

    private static TidemarkException Of(SourceDatabase database, PostgresException e)
    {
        var what = $"'{database.Name}': {e.MessageText} ({e.SqlState})";
        return e.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName => Setup(
                what, "put the right user, password (PGPASSWORD) and database into the address of the source", e),
            PostgresErrorCodes.InsufficientPrivilege => Setup(
                what,
                $"give the role what a feed needs: alter role \"{database.User}\" replication; grant select on the tables; docs/feed.md has all of it",
                e),
            PostgresErrorCodes.ConfigurationLimitExceeded => Setup(
                what, "raise max_replication_slots and max_wal_senders on the server, or drop a slot that nobody reads", e),
            PostgresErrorCodes.ObjectInUse => Busy(what, "end the other process that reads the slot, or wait for it"),
            _ when Passes(e) => new TidemarkException(
                ErrorCodes.FeedUnreachable, what, "see that the server runs and takes connections; the feed goes on from where it was", e),
            _ => Setup(what, "see the server's log, and docs/feed.md for what a feed needs", e),
        };
    }

    /// <summary>
    /// What goes away by itself, or when somebody has looked after the server: its connections, its room, its disk, and whatever broke one statement,
    /// transaction or session off.
    /// </summary>
    private static bool Passes(PostgresException e) =>
        e.IsTransient
        || e.SqlState is PostgresErrorCodes.LockNotAvailable or IdleInTransactionTimeout or TransactionTimeout
        || e.SqlState[..2] is "08" or "40" or "53" or "57" or "58";
}
