using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Dashboard.Access;
using Tidemark.Server.Dashboard.Pages;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Dashboard;

/// <summary>Tells somebody with a browser why there is no page: who has no key is asked for one.</summary>
internal static class PageRefusal
{
    public static async Task WriteAsync(HttpContext context, string path, TidemarkException failure)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        var root = PageFrame.RootOf(context.Request, path);
        var status = ProblemStatus.Of(failure);
        if (status == StatusCodes.Status401Unauthorized)
        {
            var back = HttpMethods.IsGet(context.Request.Method) ? $"{path}{context.Request.QueryString}" : "";
            SessionCookie.Close(context, root);
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = $"{root}/sign-in{(back.Length == 0 ? "" : $"?back={Uri.EscapeDataString(back)}")}";
            return;
        }

        if (ProblemStatus.RetryAfter(failure) is { } pause)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await PageWriter.WriteAsync<RefusalPage, RefusalModel>(
            context,
            new PageFrame(root, path, "Not possible"),
            new RefusalModel(status, failure.Code, failure.Message, RemedyOf(failure), context.TraceIdentifier),
            status);
    }

    /// <summary>For whoever has pages and no shell.</summary>
    private static string RemedyOf(TidemarkException failure) => failure.Code switch
    {
        ErrorCodes.DocumentMissing when !failure.Remedy.StartsWith("did you mean", StringComparison.Ordinal) => "the page 'Documents' lists those that there are",
        ErrorCodes.RunMissing => "the page 'Runs' lists the last ones",
        ErrorCodes.Internal => "this is a defect of Tidemark: tell whoever runs it, with the id of the request",
        _ => ServiceWords.Of(failure.Remedy),
    };
}
