using System.Text.RegularExpressions;
using Tidemark.Wire;

namespace Tidemark.Server.Problems;

/// <summary>What the library says, in the words of HTTP. Pure.</summary>
internal static partial class ServiceWords
{
    /// <summary>What HTTP has nothing for is done where the service runs.</summary>
    private const string Elsewhere = " (on the command line, where the service runs)";

    /// <param name="text">A remedy, or a message.</param>
    /// <param name="isRemedy">What is left of the command line is said to be that.</param>
    public static string Of(string text, bool isRemedy = true)
    {
        var told = Request().Replace(Same().Replace(ServiceTable.Words.Of(text), "send the same request"), "send ${request}");
        return isRemedy && Shell().IsMatch(told) ? told + Elsewhere : told;
    }

    /// <summary>An answer whose remedies are told in these words.</summary>
    /// <param name="json">UTF-8.</param>
    public static ReadOnlyMemory<byte> OfJson(ReadOnlyMemory<byte> json) => RemedyJson.In(json, text => Of(text), text => Of(text, isRemedy: false));

    [GeneratedRegex("make the same call", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Same();

    [GeneratedRegex("run (?<request>'?(GET|POST|DELETE) )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Request();

    [GeneratedRegex("tidemark [a-z]|(?<![A-Za-z-])--[a-z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: -1)]
    private static partial Regex Shell();
}
