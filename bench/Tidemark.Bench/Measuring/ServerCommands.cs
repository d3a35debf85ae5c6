using Npgsql;

namespace Tidemark.Bench.Measuring;

/// <summary>Statements beside what is measured.</summary>
internal static class ServerCommands
{
    public static async Task ExecuteAsync(this NpgsqlDataSource server, string sql, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="schema">Of the benchmark, without its prefix; it need not be there.</param>
    public static Task DropAsync(this NpgsqlDataSource server, string schema, CancellationToken cancellationToken) =>
        server.ExecuteAsync($"drop schema if exists bench_{schema} cascade", cancellationToken);
}
