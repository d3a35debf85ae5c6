using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Tidemark.Postgres.Server;

/// <summary>Statements with positional parameters; those that come again are prepared by the driver.</summary>
internal static class Sql
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
        return batch;
    }

    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using var held = command.ConfigureAwait(false);
        return await command.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The first column of the first row; the default where there is no row, or null in it.</returns>
    public static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using var held = command.ConfigureAwait(false);
        var line = ServerLine.Of(connection);
        var value = await command.ExecuteScalarAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
        return value is T found ? found : default;
    }

    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using var held = command.ConfigureAwait(false);
        var rows = await command.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        return await rows.ListAsync(connection, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of one result; of a batch there may be another one behind it.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlDataReader rows, NpgsqlConnection connection, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(rows));
        }

        return list;
    }

    /// <summary>The rows of the next result of a batch.</summary>
    public static async Task<List<T>> NextListAsync<T>(
        this NpgsqlDataReader rows, NpgsqlConnection connection, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await rows.NextResultAsync(ServerLine.Of(connection).Heard(cancellationToken)).ConfigureAwait(false);
        return await rows.ListAsync(connection, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rows as they are asked for; the connection is busy until the last one.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using var held = command.ConfigureAwait(false);
        var rows = await command.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            yield return read(rows);
        }
    }

    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(command.Connection!);
        var rows = await command.ExecuteNonQueryAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
        return rows;
    }

    public static async Task RunAsync(this NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(batch.Connection!);
        await batch.ExecuteNonQueryAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
    }

    public static async Task<NpgsqlDataReader> ReadAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(command.Connection!);
        var rows = await command.ExecuteReaderAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
        return rows;
    }

    public static async Task<NpgsqlDataReader> ReadAsync(this NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(batch.Connection!);
        var rows = await batch.ExecuteReaderAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
        return rows;
    }

    /// <summary>Whether there is another row of a result.</summary>
    public static ValueTask<bool> NextAsync(
        this NpgsqlDataReader rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(connection);
        line.Advance();
        return new ValueTask<bool>(rows.ReadAsync(line.Heard(cancellationToken)));
    }

    public static async Task CommitHeardAsync(this NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(transaction.Connection!);
        await transaction.CommitAsync(line.Heard(cancellationToken)).ConfigureAwait(false);
        line.Advance();
    }

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter Of(long? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value is { } known ? known : DBNull.Value };

    public static NpgsqlParameter Of(double value) => new NpgsqlParameter<double> { TypedValue = value };

    public static NpgsqlParameter Of(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    /// <param name="value">As the store writes it.</param>
    public static NpgsqlParameter Of(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value is null ? DBNull.Value : value };

    public static NpgsqlParameter Of(long[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(long?[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(int[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(short[] values) => Array(values, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(bool[] values) => Array(values, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(string?[] values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter OfNoTexts() =>
        new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Of(byte[]?[] values) => Array(values, NpgsqlDbType.Bytea);

    private static NpgsqlParameter<T> Array<T>(T values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
