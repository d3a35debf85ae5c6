using System.Net.Sockets;
using Npgsql;

namespace Tidemark.Postgres.Adopting;

/// <summary>What another system's database says, as our errors with a remedy. Messages of the driver hold no password.</summary>
internal static class OriginErrors
{
    public static bool IsTranslatable(Exception e) =>
        e is NpgsqlException or SocketException or IOException or TimeoutException || e is InvalidOperationException { InnerException: NpgsqlException };

    public static TidemarkException Translate(string database, Exception e) => (e as PostgresException ?? e.InnerException as PostgresException) switch
    {
        null => Unreadable(
            $"the connection to '{database}' failed or was lost: {e.InnerException?.Message ?? e.Message}",
            "see that the server runs and can be reached, and make the same call again; what was taken over stays",
            e),
        { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName } server =>
            Unreadable(Say(database, server), "put the right user and database into the address, and the password into PGPASSWORD", e),
        { SqlState: PostgresErrorCodes.InsufficientPrivilege } server => Unreadable(
            Say(database, server), "let the role read it: grant select on the table, and usage on its schema", e),
        var server => Unreadable(Say(database, server), "see the server's log; what was taken over stays", e),
    };

    public static TidemarkException Missing(string message, string remedy) => new(ErrorCodes.SourceMissing, message, remedy);

    public static TidemarkException Unreadable(string message, string remedy, Exception? cause = null) =>
        new(ErrorCodes.SourceUnreadable, message, remedy, cause);

    private static string Say(string database, PostgresException e) => $"'{database}': {e.MessageText} ({e.SqlState})";
}
