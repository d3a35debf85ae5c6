using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Compares where external indexes are, and who owns them, with the copies of that: two of three are right.</summary>
internal sealed class ExternalMender(NpgsqlConnection connection)
{
    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var row in await ExternalCopies.DifferingAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            damages.Add(row.Name, row.Damage, row.DamageKind);
        }
    }

    /// <returns>How many rows were put right.</returns>
    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        foreach (var row in await ExternalCopies.DifferingAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (row.Right is { } right)
            {
                await ExternalCopies.MendAsync(connection, row, right, cancellationToken).ConfigureAwait(false);
                mended++;
            }
        }

        return mended;
    }
}
