using System.Globalization;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Output;

/// <summary>How many columns a line may take.</summary>
internal static class TerminalWidth
{
    private const int Standard = 80;

    /// <param name="isTerminal">Whether what is written goes to it.</param>
    /// <returns>Null: lines are left as long as they are.</returns>
    public static int? Wanted(Terminal terminal, bool isTerminal) =>
        isTerminal || Environment.GetEnvironmentVariable("COLUMNS") is { Length: > 0 } ? Of(terminal) : null;

    /// <summary>As the terminal says it, else as <c>COLUMNS</c> does, else 80.</summary>
    public static int Of(Terminal terminal)
    {
        if (terminal.IsOutputTerminal || terminal.IsErrorTerminal)
        {
            try
            {
                if (Console.WindowWidth is > 0 and var width)
                {
                    return width;
                }
            }
            catch (IOException)
            {
                // It does not say.
            }
        }

        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var said)
            && said >= 20 ? said : Standard;
    }
}
