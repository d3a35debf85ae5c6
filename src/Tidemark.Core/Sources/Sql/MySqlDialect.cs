using System.Globalization;

namespace Tidemark.Sources;

/// <summary>
/// Values whose .NET types hold less than the server's are read as the server writes them: numbers of 65 digits, days that no calendar has, booleans
/// that are small numbers.
/// </summary>
internal sealed class MySqlDialect : SqlDialect
{
    private const string Moment = "TIMESTAMP";
    private const string Number = "DECIMAL";

    internal override string Session => "set time_zone = '+00:00'";

    internal override string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    internal override string Text(string expression, string type) => type switch
    {
        "DATETIME" or Moment => $"replace({TimeText(expression, type)}, ' ', 'T')",
        "DATE" or "TIME" or Number => $"cast({expression} as char)",
        "BOOL" => $"cast({expression} as signed)",
        _ => expression,
    };

    internal override string Json(string expression, string type) => Text(expression, type);

    internal override bool GivesJson(string type) => type is "JSON" or Number;

    /// <summary>Words of a list are ordered by their places in it, and a text would be compared with them by letters.</summary>
    internal override string Order(string expression, string type) => OrdersOtherwise(type) ? $"cast({expression} as unsigned)" : expression;

    internal override bool OrdersOtherwise(string type) => type is "ENUM" or "SET";

    /// <summary>A number as the text that it was read as would be compared as one of 53 bits.</summary>
    internal override string Key(string parameter, string type, object? value) => type == Number && value is string text
        ? string.Create(CultureInfo.InvariantCulture, $"cast({parameter} as decimal(65,{(text.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? text.Length - point - 1 : 0)}))")
        : parameter;

    internal override string Exact(string text) => $"cast({text} as binary)";

    internal override string TimeText(string expression, string type) => $"cast({expression} as char)";

    internal override string Time(string parameter, string type) => $"cast({parameter} as datetime(6))";

    internal override string Earlier(string parameter, string seconds, string type) => $"({Time(parameter, type)} - interval {seconds} second)";

    /// <summary>Columns with a zone are given in the session's; the others have what the server's <c>now()</c> gave.</summary>
    internal override string Clock(string type) => type == Moment
        ? "utc_timestamp(6)"
        : "coalesce(convert_tz(utc_timestamp(6), '+00:00', @@global.time_zone), utc_timestamp(6))";

    internal override bool IsMoment(string type) => type == Moment;
}
