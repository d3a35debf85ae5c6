using System.Globalization;
using System.Text.Json;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>
/// What orders the changes of a row: the position in PostgreSQL's log; of other databases the second of the change and, within it, the
/// position that the connector tells. Pure.
/// </summary>
internal static class DebeziumVersion
{
    /// <summary>Where the position stands, by connector: MySQL and MariaDB, MongoDB, SQL Server.</summary>
    private static readonly string[] Positions = ["pos", "ord", "event_serial_no"];

    /// <summary>Seconds are counted from here (2020-01-01), so that 31 bits reach to 2088.</summary>
    private const long Epoch = 1_577_836_800;

    private const int PositionBits = 32, SerialBits = 22;
    private const long MostPosition = (1L << PositionBits) - 1, MostSerial = (1L << SerialBits) - 1;

    /// <returns>Null: nothing orders it, and the mapping has to.</returns>
    public static long? Of(JsonElement payload)
    {
        if (!payload.TryGetProperty("source", out var source) || source.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (source.TryGetProperty("lsn", out var lsn))
        {
            // A position and a time cannot be compared: one without the other is no version.
            return Number(lsn);
        }

        return Number(source, "ts_ms") is not { } milliseconds || milliseconds / 1_000 < Epoch
            ? null
            : ((milliseconds / 1_000 - Epoch) << PositionBits) | Within(source, milliseconds % 1_000);
    }

    /// <summary>Within a second: a position in a log is exact by itself; a serial number starts anew in each transaction, behind the milliseconds.</summary>
    private static long Within(JsonElement source, long milliseconds)
    {
        var name = Positions.FirstOrDefault(name => Number(source, name) is >= 0);
        var position = name is null ? 0 : Number(source, name)!.Value;
        return name is "pos" or "ord" ? Math.Min(position, MostPosition) : (milliseconds << SerialBits) | Math.Min(position, MostSerial);
    }

    private static long? Number(JsonElement source, string name) => source.TryGetProperty(name, out var value) ? Number(value) : null;

    private static long? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
