namespace Tidemark.Sources;

internal sealed class MySqlDialect : SqlDialect
{
    private const string Moment = "TIMESTAMP";

    internal override string Session => "set time_zone = '+00:00'";

    internal override string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    internal override bool GivesJson(string type) => type == "JSON";

    internal override string TimeText(string expression, string type) => $"cast({expression} as char)";

    internal override string Time(string parameter, string type) => $"cast({parameter} as datetime(6))";

    internal override string Earlier(string parameter, string seconds, string type) => $"({Time(parameter, type)} - interval {seconds} second)";

    /// <summary>Columns with a zone are given in the session's; the others have what the server's <c>now()</c> gave.</summary>
    internal override string Clock(string type) => type == Moment
        ? "utc_timestamp(6)"
        : "coalesce(convert_tz(utc_timestamp(6), '+00:00', @@global.time_zone), utc_timestamp(6))";

    internal override bool IsMoment(string type) => type == Moment;
}
