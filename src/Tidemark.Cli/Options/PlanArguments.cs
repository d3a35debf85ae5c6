using System.CommandLine;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Options;

/// <summary>A call's options and sources, so that the same call can be made again.</summary>
internal static class PlanArguments
{
    /// <param name="options">Those of which the outcome depends; others are left out.</param>
    public static List<string> Of(ParseResult parsed, IEnumerable<Option> options, Argument<string[]> sources)
    {
        var arguments = new List<string>();
        foreach (var option in options)
        {
            if (parsed.GetResult(option) is not { } result)
            {
                continue;
            }

            if (option is Switch)
            {
                arguments.Add(option.Name);
            }

            // Repeated for each value; joined, so that a value may begin with a dash.
            arguments.AddRange(result.Tokens.Select(token => $"{option.Name}={StoreLocation.WithoutSecrets(token.Value)}"));
        }

        arguments.Add("--");
        arguments.AddRange(parsed.GetValue(sources) ?? []);
        return arguments;
    }

    /// <summary>Those arguments without the options that another call gives itself.</summary>
    public static string[] Without(IReadOnlyList<string> arguments, IEnumerable<string> given)
    {
        var names = given.ToArray();
        var end = arguments.TakeWhile(argument => argument != "--").Count();
        return
        [
            .. arguments.Take(end).Where(argument => !names.Contains(argument.Split('=')[0], StringComparer.Ordinal)),
            .. arguments.Skip(end),
        ];
    }
}
