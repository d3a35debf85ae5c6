namespace Tidemark.Cli.Commands;

internal static class Waiting
{
    private const double LongestSeconds = 7 * 24 * 3600;

    /// <exception cref="TidemarkException"><c>usage</c>: not a time that one can wait.</exception>
    public static TimeSpan Parse(double seconds) => seconds is >= 0 and <= LongestSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new TidemarkException(
            ErrorCodes.Usage, "'--wait' is not a time that can be waited", "give it 0 to 604800 seconds");
}
