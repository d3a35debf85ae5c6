namespace Tidemark.Service.Messages;

/// <summary>How long is rested between two tries: a second at first, then twice as long each time, up to a minute.</summary>
internal static class RabbitRest
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static TimeSpan After(TimeSpan rest) => rest * 2 < Longest ? rest * 2 : Longest;
}
