using System.Text.Json;

namespace Tidemark.Indexing;

/// <summary>One JSON value beside the values of a condition.</summary>
internal static class MetadataComparison
{
    /// <summary>Of <see cref="MetadataTest.NoneOf"/> the opposite: whether it is one of the values.</summary>
    public static bool Holds(MetadataCondition condition, JsonElement value) => condition.Test switch
    {
        MetadataTest.AnyOf or MetadataTest.NoneOf => IsAny(value, condition.Values),
        MetadataTest.Less => Order(value, condition) < 0,
        MetadataTest.AtMost => Order(value, condition) <= 0,
        MetadataTest.Greater => Order(value, condition) > 0,
        MetadataTest.AtLeast => Order(value, condition) >= 0,
        _ => false,
    };

    private static bool IsAny(JsonElement value, IReadOnlyList<string?> wanted)
    {
        foreach (var text in wanted)
        {
            var same = value.ValueKind switch
            {
                JsonValueKind.String => text is not null && value.ValueEquals(text),
                JsonValueKind.Number => MetadataNumber.TryParse(text, out var number)
                    && MetadataNumber.TryParse(value.GetRawText(), out var stored) && stored.ComparedTo(number) == 0,
                JsonValueKind.True => text is "true",
                JsonValueKind.False => text is "false",
                JsonValueKind.Null => text is null,
                _ => false,
            };
            if (same)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Null, which is neither less nor greater: the two cannot be compared.</returns>
    private static int? Order(JsonElement value, MetadataCondition condition)
    {
        if (condition.Values is not [{ } bound])
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => null,
        };
        if (text is null)
        {
            return null;
        }

        var isNumber = MetadataNumber.TryParse(text, out var number);
        var isLimitedByNumber = MetadataNumber.TryParse(bound, out var limit);
        if (isNumber && isLimitedByNumber)
        {
            // A string that is a number stands beside those of its value by how it is written, as it is equal only to what is written so.
            var byValue = number.ComparedTo(limit);
            return byValue != 0 || value.ValueKind == JsonValueKind.Number ? byValue : string.CompareOrdinal(text, bound);
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return null;
        }

        // A year is a number as well as a moment. What is of two kinds has no order: "on request" is no price over ten.
        return (MetadataMoment.Of(text), MetadataMoment.Of(bound)) switch
        {
            ({ } moment, { } other) => moment.ComparedTo(other),
            (null, null) when !isNumber && !isLimitedByNumber => string.CompareOrdinal(text, bound),
            _ => null,
        };
    }
}
