using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Hooks;

/// <summary>
/// Answers senders that ask beforehand whether they may send, as CloudEvents' "HTTP 1.1 Web Hooks for Event Delivery" has it. The answer is given at once;
/// an address that the sender would have called back is not called.
/// </summary>
internal static class HookConsent
{
    private const string Origin = "WebHook-Request-Origin", Rate = "WebHook-Request-Rate";

    public static Task AnswerAsync(Call call)
    {
        var hook = call.Service.Hooks.FindAddress(call.Context.Request.RouteValues["name"] as string ?? "") ?? throw HookEntrance.Missing();
        var headers = call.Context.Request.Headers;
        if (headers[Origin] is not { Count: 1 } origin || origin[0] is not { Length: > 0 and <= 253 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':'))
        {
            throw new TidemarkException(ErrorCodes.Usage, $"the request has no '{Origin}' that names a sender", "have the sender name itself by its host, as CloudEvents has it");
        }

        if (!hook.Options.Origins.Any(one => one == "*" || one.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new HttpProblem(
                StatusCodes.Status403Forbidden, "hook.origin", $"the hook '{hook.Name}' takes no events of '{name}'", "name the sender in 'origins' of the hook, where the service is configured");
        }

        var response = call.Context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.Allow = HttpMethods.Post;
        response.Headers["WebHook-Allowed-Origin"] = name;
        if (headers.ContainsKey(Rate))
        {
            response.Headers["WebHook-Allowed-Rate"] = hook.Options.RequestsPerMinute is > 0 and var most ? most.ToString(CultureInfo.InvariantCulture) : "*";
        }

        response.Headers[HeaderNames.ContentLength] = "0";
        return Task.CompletedTask;
    }
}
