using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Compares where external indexes are, and who owns them, with the copies of that: two of three are right.</summary>
internal sealed class ExternalMender(SqliteConnection connection)
{
    public void Find(DamageList damages)
    {
        foreach (var row in ExternalCopies.Differing(connection))
        {
            damages.Add(row.Name, row.Damage, row.DamageKind);
        }
    }

    /// <returns>How many rows were put right.</returns>
    public long Mend()
    {
        var mended = 0L;
        foreach (var row in ExternalCopies.Differing(connection))
        {
            if (row.Right is { } right)
            {
                ExternalCopies.Mend(connection, row, right);
                mended++;
            }
        }

        return mended;
    }
}
