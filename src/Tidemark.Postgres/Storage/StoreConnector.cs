using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Storage;

/// <summary>Connects to a store, makes or migrates it where that is asked for, and refuses what is none.</summary>
internal static class StoreConnector
{
    private const string TransactionTimeout = "25P04";

    private static readonly Version OldestExtension = new(0, 8);

    private const string Look = """
        select current_setting('server_encoding'),
               (select extversion from pg_extension where extname = 'vector'),
               (select n.nspname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                where extname = 'vector'),
               exists (select 1 from pg_tables where schemaname = $1),
               to_regclass($2) is not null,
        """ + SessionNeeds.Query;

    public static async ValueTask<PostgresDatabase> OpenAsync(
        StoreAddress address, PostgresStoreOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = PostgresDatabase.Connect(address, options, clock, SessionNeeds.Usual);
        try
        {
            Server server;
            try
            {
                server = await LookAsync(database, cancellationToken).ConfigureAwait(false);
            }
            catch (TidemarkException e) when (
                e.InnerException is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or TransactionTimeout }
                && !cancellationToken.IsCancellationRequested)
            {
                // Sessions of this role end before they can say that they do.
                await database.DisposeAsync().ConfigureAwait(false);
                database = await ConnectAnewAsync(address, options, clock, SessionNeeds.Lifted, cancellationToken).ConfigureAwait(false);
                server = await LookAsync(database, cancellationToken).ConfigureAwait(false) with { Needs = SessionNeeds.Lifted };
            }

            if (server.ExtensionSchema is null && options.CreateIfMissing)
            {
                server = await CreateExtensionAsync(database, cancellationToken).ConfigureAwait(false);
            }

            var needs = server.Needs with { ExtensionSchema = server.ExtensionSchema ?? SessionNeeds.Usual.ExtensionSchema };
            if (!needs.IsUsual)
            {
                await database.DisposeAsync().ConfigureAwait(false);
                database = await ConnectAnewAsync(address, options, clock, needs, cancellationToken).ConfigureAwait(false);
            }

            Check(database, server);
            if ((server.Format ?? 0) < SchemaMigrations.Newest)
            {
                await MigrateAsync(database, cancellationToken).ConfigureAwait(false);
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: something between here and the server lets nothing be asked for.</exception>
    private static async Task<PostgresDatabase> ConnectAnewAsync(
        StoreAddress address, PostgresStoreOptions options, TimeProvider clock, SessionNeeds needs, CancellationToken cancellationToken)
    {
        var database = PostgresDatabase.Connect(address, options, clock, needs);
        try
        {
            await database.OnceAsync(_ => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
            return database;
        }
        catch (TidemarkException e) when (needs.Settings.Count > 0 && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation })
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"sessions of '{address.User}' begin with a setting that ends or changes work ({string.Join(", ", needs.Settings)}), "
                + "and a pooler does not let another one be asked for",
                $"{string.Join("; ", needs.Settings.Select(name => SessionNeeds.RoleCommand(address, name)))}; then let the pooler connect anew",
                e);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void Check(PostgresDatabase database, Server server)
    {
        var (address, options) = (database.Address, database.Options);
        if (server.Encoding != "UTF8")
        {
            throw new TidemarkException(
                ErrorCodes.StoreForeign,
                $"the database of '{address}' is encoded in '{server.Encoding}', which cannot hold every text",
                $"make one in UTF-8: createdb -E UTF8 -T template0 '{address.Database}'");
        }

        if (server.Format is null && !options.CreateIfMissing)
        {
            throw new TidemarkException(
                ErrorCodes.StoreMissing,
                $"there is no store in the schema '{address.Schema}' of '{address}'",
                "make one with 'SyncAsync(SOURCE)'");
        }

        if (server.ExtensionSchema is null)
        {
            throw NoExtension(database, "it is not there");
        }

        if (server.Extension < OldestExtension)
        {
            throw NoExtension(database, $"it is of version {server.Extension}");
        }

        if (server.Format is null && server.HasOtherTables)
        {
            throw database.Errors.Foreign($"the schema '{address.Schema}' holds other tables");
        }

        if (server.IsUnfinished && !options.TakesUnfinishedCopy)
        {
            throw CopyMark.Refusal(address);
        }

        if (server.Format > SchemaMigrations.Newest)
        {
            throw new TidemarkException(
                ErrorCodes.StoreNewer,
                string.Create(CultureInfo.InvariantCulture, $"'{address}' has the format {server.Format}; this release reads up to {SchemaMigrations.Newest}"),
                "use the newer release that made it");
        }

        if (server.Format < SchemaMigrations.Newest && options.ReadOnly)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"'{address}' is of an older format and was opened for reading only",
                "open it once to write, as SyncAsync() does; that brings the store up to date");
        }
    }

    private static TidemarkException NoExtension(PostgresDatabase database, string why) => new(
        ErrorCodes.StoreFailed,
        $"'{database.Address}' needs the extension 'vector' (pgvector) in version {OldestExtension} or newer; {why}",
        "install pgvector on the server, then run as a superuser in that database: "
        + "create extension if not exists vector; alter extension vector update");

    /// <summary>Takes a superuser, or a server where the extension is trusted; everybody else is told to ask for it.</summary>
    private static async Task<Server> CreateExtensionAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(
                async connection =>
                {
                    await connection.ExecuteAsync("create extension if not exists vector schema public", cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.InnerException is PostgresException { SqlState: "23505" or "42710" })
        {
            // Another process makes it at this moment.
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreAccess or ErrorCodes.StoreFailed)
        {
            throw NoExtension(database, e.Message);
        }

        return await LookAsync(database, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<bool> MigrateAsync(PostgresDatabase database, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection =>
            {
                await SchemaMigrations.RunAsync(connection, database.Address.Schema, database.Options.Notify, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>All that has to be known before anything else is asked, in one message to the server.</summary>
    private static ValueTask<Server> LookAsync(PostgresDatabase database, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var batch = new NpgsqlBatch(connection)
                .Add(
                    Look,
                    Sql.Of(database.Address.Schema),
                    Sql.Of(CopyMark.TableOf(database.Address)),
                    Sql.Of(SessionNeeds.Names),
                    Sql.Of(SessionNeeds.Values))
                .Add(SearchPath.Query, Sql.Of(database.Address.Schema))
                .AddFormat(database.Address.Schema);
            await using var held = batch.ConfigureAwait(false);
            var server = await ReadAsync(batch, database.Address.Schema, cancellationToken).ConfigureAwait(false);
            if (server.Format is null)
            {
                await connection.ForgetPreparedAsync().ConfigureAwait(false); // the server has refused the last one of them
            }

            return server;
        },
        cancellationToken);

    private static async Task<Server> ReadAsync(NpgsqlBatch batch, string schema, CancellationToken cancellationToken)
    {
        var connection = batch.Connection!;
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var held = rows.ConfigureAwait(false);
        var server = (await rows.ListAsync(
            connection,
            row => new Server(
                row.GetString(0),
                row.IsDBNull(1) ? null : VersionOf(row.GetString(1)),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.GetBoolean(3))
            {
                IsUnfinished = row.GetBoolean(4),
                Needs = new SessionNeeds { Settings = row.GetFieldValue<string[]>(5) },
            },
            cancellationToken).ConfigureAwait(false))[0];
        var others = await rows.NextListAsync(connection, SearchPath.Read, cancellationToken).ConfigureAwait(false);
        if (others.Count > 0)
        {
            await batch.DisposeAsync().ConfigureAwait(false);
        }

        SearchPath.Refuse(schema, others);
        return server with { Format = await SchemaMigrations.ReadFormatAsync(rows, connection, schema, cancellationToken).ConfigureAwait(false) };
    }

    private static Version VersionOf(string text) => Version.TryParse(text, out var version) ? version : new Version(0, 0);

    private sealed record Server(string Encoding, Version? Extension, string? ExtensionSchema, bool HasOtherTables)
    {
        public int? Format { get; init; }

        public bool IsUnfinished { get; init; }

        public SessionNeeds Needs { get; init; } = SessionNeeds.Usual;
    }
}
