using System.Globalization;

namespace Tidemark.Sources;

internal sealed class SqlServerDialect : SqlDialect
{
    private const string WithZone = "datetimeoffset";

    internal override string Quote(string identifier) => $"[{identifier.Replace("]", "]]", StringComparison.Ordinal)}]";

    internal override string TimeText(string expression, string type) => $"convert(varchar(40), {expression}, 121)";

    /// <summary>By the column's own type: <c>datetime</c> has thirds of a hundredth, which are no text and no other type's.</summary>
    internal override string Time(string parameter, string type) => $"convert({type}, {parameter}, 121)";

    internal override string Earlier(string parameter, string seconds, string type) => $"dateadd(second, -cast({seconds} as int), {Time(parameter, type)})";

    internal override string Clock(string type) => type == WithZone ? "sysdatetimeoffset()" : $"cast(sysdatetime() as {type})";

    /// <summary>A parameter of Unicode would be compared by other rules than a column of one byte a character is ordered by.</summary>
    internal override string Key(string parameter, string type, object? value) => type is "varchar" or "char" ? $"cast({parameter} as varchar(8000))" : parameter;

    internal override bool IsMoment(string type) => type == WithZone;

    internal override string Page(string columns, string from, string where, string order, int rows) =>
        string.Create(CultureInfo.InvariantCulture, $"select top ({rows}) {columns} from {from} where {where} order by {order}");
}
