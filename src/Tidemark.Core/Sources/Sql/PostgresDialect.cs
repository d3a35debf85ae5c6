namespace Tidemark.Sources;

internal sealed class PostgresDialect : SqlDialect
{
    private const string WithZone = "timestamp with time zone";

    internal override string Session =>
        "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex'; set extra_float_digits = 1";

    internal override string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal override string Text(string expression, string type) => $"({expression})::text";

    /// <summary>What is JSON already stays as it was written: a server that takes it apart refuses some of it.</summary>
    internal override string Json(string expression, string type) => type is "json" or "jsonb" ? Text(expression, type) : $"to_jsonb({expression})::text";

    internal override bool GivesJson(string type) => true;

    internal override string TimeText(string expression, string type) => Text(expression, type);

    internal override string Time(string parameter, string type) => $"cast({parameter} as {type})";

    internal override string Earlier(string parameter, string seconds, string type) => $"({Time(parameter, type)} - make_interval(secs => {seconds}))";

    /// <summary>The session is in UTC; the zone that it would have had is what the database's own time stamps are in. Of the statement, so that an index serves.</summary>
    internal override string Clock(string type) => type == WithZone
        ? "statement_timestamp()"
        : $"cast((statement_timestamp() at time zone (select reset_val from pg_settings where name = 'TimeZone')) as {type})";

    /// <summary><c>character</c> by itself would be one character.</summary>
    internal override string Key(string parameter, string type, object? value) => $"cast({parameter} as {(type == "character" ? "bpchar" : type)})";

    internal override string Literal(string parameter) => $"cast({parameter} as text)";

    internal override bool IsMoment(string type) => type == WithZone;
}
