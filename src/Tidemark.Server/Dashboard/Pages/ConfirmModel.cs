using Microsoft.AspNetCore.Antiforgery;
using Tidemark.Server.Dashboard.Actions;

namespace Tidemark.Server.Dashboard.Pages;

/// <param name="Given">What it is done to.</param>
internal sealed record ConfirmModel(Confirmation Confirmation, AntiforgeryTokenSet Token, IReadOnlyList<(string Name, string Value)> Given);
