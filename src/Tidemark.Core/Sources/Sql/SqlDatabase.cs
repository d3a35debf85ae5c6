using System.Data.Common;

namespace Tidemark.Sources;

/// <summary>Asks a database, each question by a connection of its own from the pool.</summary>
internal sealed class SqlDatabase(SqlOptions options)
{
    /// <summary>In seconds: a table without an index on its time stamps takes its time.</summary>
    private const int Patience = 600;

    /// <param name="sql">One statement.</param>
    /// <param name="parameters">By their names; null is null.</param>
    /// <param name="read">Reads what comes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TidemarkException"><c>source.unreadable</c>.</exception>
    public async Task<T> AskAsync<T>(
        string sql, IReadOnlyList<(string Name, object? Value)> parameters, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await options.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = connection.ConfigureAwait(false);
            if (options.Dialect.Session is { } session)
            {
                var pin = connection.CreateCommand();
                await using var heldPin = pin.ConfigureAwait(false);
                pin.CommandText = session;
                await pin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            var command = connection.CreateCommand();
            await using var heldCommand = command.ConfigureAwait(false);
            Fill(command, sql, parameters);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var heldReader = reader.ConfigureAwait(false);
            return await read(reader).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfDatabase(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Unreadable(e);
        }
    }

    private static void Fill(DbCommand command, string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        command.CommandText = sql;
        command.CommandTimeout = Patience;
        foreach (var (name, value) in parameters)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }
        }
    }

    private static bool IsOfDatabase(Exception e) =>
        e is DbException or IOException or TimeoutException or InvalidOperationException or InvalidCastException or FormatException or ArgumentException or OperationCanceledException;

    private TidemarkException Unreadable(Exception e) => new(
        ErrorCodes.SourceUnreadable,
        $"'{options.Address ?? options.Name}' cannot be read: {e.Message}",
        "see that the server runs and lets this user in, that the user may read the tables (grant select), and that tables and columns are called as it was said",
        e);
}
