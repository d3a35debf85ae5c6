namespace Tidemark.Records;

/// <summary>Notices that a clock which was ahead has been put back. Pure.</summary>
public static class ClockStep
{
    /// <summary>Clocks of several machines may differ by this.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <returns>How far what was stored before lies ahead of the clock; null: not at all, or by no more than clocks may differ.</returns>
    public static TimeSpan? Back(DateTimeOffset? stored, DateTimeOffset now) => stored - now > Tolerance ? stored - now : null;

    /// <summary>What is said of it.</summary>
    public static string Message(string what, TimeSpan back) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the clock went back: {what} lies {back.TotalSeconds:0} s ahead of it");
}
