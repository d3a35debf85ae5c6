namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Waits until something is so, instead of for a time in which it may have come to be.</summary>
internal static class Awaiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <param name="what">What is waited for, as it is told where it never comes.</param>
    public static Task FactAsync(string what, Func<bool> isSo) => FactAsync(what, () => Task.FromResult(isSo()));

    /// <exception cref="TimeoutException">It never came to be.</exception>
    public static async Task FactAsync(string what, Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"After {Patience.TotalSeconds} s it is still not so: {what}.");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
