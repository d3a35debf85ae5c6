using System.Data;
using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>What the server and the network say, as our errors with a remedy.</summary>
internal sealed class PostgresErrors(StoreAddress address)
{
    private const string Rerun = "run again; what was committed stays, and it goes on from there";

    /// <summary>The same transaction may succeed when it is tried again.</summary>
    public static bool IsRetryable(Exception? e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>
    /// What the driver says, or throws of itself: an answer that makes no sense ends in an error of any type, but not in a column read
    /// as what it is not, which is a defect of ours.
    /// </summary>
    public static bool IsTranslatable(Exception e) =>
        e is NpgsqlException
        || (e is InvalidOperationException && e.InnerException is NpgsqlException)
        || (e is not (TidemarkException or OperationCanceledException or InvalidCastException) && IsThrownByDriver(e));

    /// <summary>The same, for what was done on this connection: one that is lost may be noticed by whoever uses it next.</summary>
    public static bool IsTranslatable(Exception e, NpgsqlConnection connection) =>
        IsTranslatable(e) || (e is InvalidOperationException && connection.FullState is ConnectionState.Closed or ConnectionState.Broken);

    public TidemarkException Translate(Exception e) => e switch
    {
        PostgresException server => Translate(server),
        _ when e.InnerException is PostgresException inner => Translate(inner),
        not (NpgsqlException or InvalidOperationException { InnerException: NpgsqlException or null }) => new TidemarkException(
            ErrorCodes.StoreUnreachable,
            $"the driver cannot make sense of what '{address}' answers: {e.Message}",
            $"see that a PostgreSQL server is there, with nothing between that changes what it says, then {Rerun}; Exception.ToString() says where",
            e),
        _ => Innermost(e) switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } nobody => new TidemarkException(
                ErrorCodes.StoreUnreachable,
                $"nobody takes connections at '{address}': {nobody.Message}",
                $"check the address, its host and its port, and that the server runs there, then {Rerun}",
                e),
            TimeoutException => new TidemarkException(
                ErrorCodes.StoreUnreachable,
                $"what is at '{address}' did not answer in time",
                $"check the address, and that a PostgreSQL server answers there, then {Rerun}",
                e),
            var cause => new TidemarkException(
                ErrorCodes.StoreUnreachable,
                $"the connection to '{address}' failed or was lost: {cause.Message}",
                $"see that the server runs and can be reached, then {Rerun}",
                e),
        },
    };

    public TidemarkException Foreign(string what) => new(
        ErrorCodes.StoreForeign,
        $"'{address}' is no Tidemark store: {what}",
        "name another schema with '?schema=NAME', or another database");

    /// <summary>By the first of its frames that is not the platform's; what is thrown has a source only where code is not native.</summary>
    private static bool IsThrownByDriver(Exception e) =>
        new StackTrace(e, fNeedFileInfo: false).GetFrames()
            .Select(frame => DiagnosticMethodInfo.Create(frame)?.DeclaringTypeName)
            .FirstOrDefault(type => type?.StartsWith("System.", StringComparison.Ordinal) == false)?
            .StartsWith("Npgsql.", StringComparison.Ordinal) == true;

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);

    private TidemarkException Translate(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Of(
            ErrorCodes.StoreAccess, e, $"the server does not let '{address.User}' in",
            "put the right user into the address and the right password into PGPASSWORD, or let that user in in pg_hba.conf"),
        PostgresErrorCodes.InvalidCatalogName => Of(
            ErrorCodes.StoreMissing, e, "the database does not exist",
            $"make it: createdb -h HOST -U postgres '{address.Database}'"),
        PostgresErrorCodes.InsufficientPrivilege => Of(
            ErrorCodes.StoreAccess, e, $"'{address.User}' may not do that",
            "grant what docs/postgres.md lists for readers and writers"),
        PostgresErrorCodes.ReadOnlySqlTransaction => Of(
            ErrorCodes.StoreReadOnly, e, "the server takes no writes (a replica, or default_transaction_read_only)",
            "name the primary server; what only looks works on a replica"),
        PostgresErrorCodes.DiskFull => Of(
            ErrorCodes.StoreFull, e, "the server's disk is full", $"make room, then {Rerun}"),
        PostgresErrorCodes.NumericValueOutOfRange => Of(
            ErrorCodes.StoreCorrupt, e, "a count in it is none",
            "run 'VerifyAsync(SOURCE, Repair)' with the sources of the namespace: it is counted again"),
        PostgresErrorCodes.FeatureNotSupported when e.MessageText.Contains("multidimensional arrays", StringComparison.Ordinal) => Of(
            ErrorCodes.StoreCorrupt, e, "a list of chunks is not what was stored",
            "run 'VerifyAsync(SOURCE, Repair)' with the sources of the namespace: it is written anew from there"),
        PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedObject
            or PostgresErrorCodes.FeatureNotSupported => Of(
            ErrorCodes.StoreFailed, e, "the server lacks something that the store needs",
            "install pgvector 0.8 or newer on the server, and as a superuser run: create extension vector"),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName => Of(
            ErrorCodes.StoreCorrupt, e, "a table of the store is not there",
            "run 'VerifyAsync(SOURCE, Repair)' with the sources of the namespace: it is made again, and filled from there with stored vectors"),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Of(
            ErrorCodes.StoreCorrupt, e, "the server found damaged data",
            "run 'VerifyAsync(Repair)'; if that does not help, restore a backup"),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => Of(
            ErrorCodes.StoreBusy, e, "others are writing the same rows", "try again"),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory => Of(
            ErrorCodes.StoreFailed, e, "the server has no resources left",
            "raise max_connections or memory, or run fewer processes at once"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Of(
            ErrorCodes.StoreUnreachable, e, "the server ended the connection or is not ready", Rerun),
        _ => Of(ErrorCodes.StoreFailed, e, "the server refused a statement", $"see the server's log, then {Rerun}"),
    };

    private TidemarkException Of(string code, PostgresException e, string what, string remedy) =>
        new(code, $"'{address}': {what}: {e.MessageText} ({e.SqlState})", remedy, e);
}
