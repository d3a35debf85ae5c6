using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Server.Dashboard.Pages;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Access;

/// <summary>Signing in with a key, and out.</summary>
internal static class SignInRoutes
{
    private const string In = "sign-in";
    private const string Out = "sign-out";

    private static readonly Parameter Back = Parameter.Text("back", "Where one came from.");
    private static readonly Parameter Key = Parameter.Text("key", "A key of the service.");

    public static IEnumerable<ServiceRoute> All =>
    [
        Route("GET", In, "Sign in", call => ShowAsync(call, null, call.Arguments.Text("back"))),
        Route("POST", In, "Sign in", OpenAsync),
        Route("GET", Out, "Sign out", call => PageWriter.WriteAsync<SignOutPage, SignInModel>(
            call.Context, FrameOf(call, Out, "Sign out"), ModelOf(call, null, null))),
        Route("POST", Out, "Sign out", CloseAsync),
    ];

    private static ServiceRoute Route(string method, string path, string title, Func<Call, Task> handle) =>
        new(method, path, path, title, AccessScope.None)
        {
            Parameters = method == "GET" ? [Back] : [],
            AnswerType = "text/html",
            Refuse = (context, failure) => PageRefusal.WriteAsync(context, path, failure),
            Handle = handle,
        };

    private static async Task OpenAsync(Call call)
    {
        var form = await PageForm.ReadAsync(call.Context, [Key, Back], call.Ended);
        var key = form.Text("key")?.Trim() ?? "";
        if (key.Length == 0 || await call.Index.Keys.FindAsync(key, call.Ended) is null)
        {
            await ShowAsync(call, key.Length == 0 ? "Give a key." : "This is no key of the service, or it has expired or was revoked.", form.Text("back"));
            return;
        }

        var root = PageFrame.RootOf(call.Context.Request, In);
        call.Context.RequestServices.GetRequiredService<SessionCookie>().Open(call.Context, root, key);
        Go(call, $"{root}/{PathBack(form.Text("back"))}");
    }

    private static async Task CloseAsync(Call call)
    {
        await PageForm.ReadAsync(call.Context, [], call.Ended);
        var root = PageFrame.RootOf(call.Context.Request, Out);
        SessionCookie.Close(call.Context, root);
        Go(call, $"{root}/{In}");
    }

    private static Task ShowAsync(Call call, string? wrong, string? back) => PageWriter.WriteAsync<SignInPage, SignInModel>(
        call.Context, FrameOf(call, In, "Sign in"), ModelOf(call, wrong, back), wrong is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);

    private static PageFrame FrameOf(Call call, string path, string title) =>
        new(PageFrame.RootOf(call.Context.Request, path), path, title) { Now = call.Service.Clock.GetUtcNow() };

    private static SignInModel ModelOf(Call call, string? wrong, string? back) => new(PageForm.TokenFor(call.Context), wrong, PathBack(back));

    /// <summary>Below the dashboard, and nowhere else.</summary>
    private static string PathBack(string? back) =>
        back is { Length: > 0 } && !back.StartsWith('/') && !back.StartsWith('\\') && !back.Contains(':', StringComparison.Ordinal)
        && !back.Any(char.IsControl) ? back : "";

    private static void Go(Call call, string address)
    {
        call.Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        call.Context.Response.Headers.Location = address;
    }
}
