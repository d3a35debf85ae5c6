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
}
