using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AwoooP.Console.Tests;

/// <summary>The real pages, against the real system, in a real browser.</summary>
[Collection(ConsoleCollection.Name)]
public sealed partial class ConsoleTests(ServedConsole console)
{
    [Fact]
    public async Task SignIn_UnknownKey_IsRefusedInWords()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync("awp_0000000000000000_" + new string('x', 43));

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This key or token is not known");
        await Expect(page.GetByTestId("operator")).ToHaveCountAsync(0);
        await page.ShouldBeReadableAsync();
    }

    [Fact]
    public async Task Session_AfterSignOut_IsGone()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(console.AdminKey);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Incidents" })).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByTestId("operator")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Operator key")).ToBeVisibleAsync();
        await page.ReloadAsync();

        await Expect(page.GetByLabel("Operator key")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Project_ThatIsChosen_IsWhatThePagesShowUntilTheSignOut()
    {
        await console.Admin.PostAsync("projects", new JsonObject { ["project_id"] = "second", ["name"] = "The second" }, CancellationToken.None);
        var page = await console.OpenAsync();
        await page.SignInAsync(console.AdminKey);
        await console.FireAsync("HighLoad", "api");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "HighLoad" })).ToBeVisibleAsync(Patient);

        await page.GotoAsync("/?project=second");
        await Expect(page.GetByText("No incidents.")).ToBeVisibleAsync(Patient);
        await Expect(page.GetByTestId("project")).ToHaveValueAsync("second");
        await Expect(page.GetByTestId("live")).ToHaveTextAsync("Live");
        await page.GoToAsync("Runs");
        await Expect(page).ToHaveURLAsync(new Uri(console.Address, "runs?project=second").ToString());
        await page.ShouldBeReadableAsync();

        await page.GetByTestId("project").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "awoooi", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(console.Address, "runs?project=awoooi").ToString());
        await Expect(page.GetByTestId("project")).ToHaveValueAsync("awoooi");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Operator key")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Uri(console.Address, "runs").ToString());
    }

    [Fact]
    public async Task Incident_FromAlertToRepair_IsFollowedAndApprovedByKeyboard()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync("ada", "approver"));
        await Expect(page.GetByTestId("live")).ToHaveTextAsync("Live");

        await console.FireAsync("ShopDown", "shop");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "ShopDown" });
        await Expect(link).ToBeVisibleAsync(Patient);
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("list");
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(IncidentAddress());
        await Expect(page.GetByTestId("plan")).ToContainTextAsync("Restart the shop", new() { Timeout = Patient.Timeout });
        await Expect(page.GetByTestId("plan")).ToContainTextAsync("answers 200");
        await Expect(page.GetByTestId("approval-status")).ToHaveTextAsync("pending", new() { Timeout = Patient.Timeout });
        await Expect(page.GetByTestId("timeline").Locator("[class*=itemTitle]").First).ToBeVisibleAsync(Patient);
        await page.ShootAsync("pending");

        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByText("Press the same key again to confirm.")).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("Press A twice")).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();

        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByText("Press the same key again to confirm.")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("approval-status")).ToHaveTextAsync("pending");
        await page.Keyboard.PressAsync("a");

        await Expect(page.GetByText("ada approved")).ToBeVisibleAsync(Patient);
        await Expect(page.GetByTestId("approval-status")).ToHaveTextAsync("executed", new() { Timeout = Patient.Timeout });
        await Expect(page.GetByTestId("status")).ToHaveTextAsync("resolved", new() { Timeout = Patient.Timeout });
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("resolved");
    }

    [Fact]
    public async Task Incident_WithoutTheRoleOfAnApprover_TellsWhyThereIsNoVote()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync("vera", "viewer"));
        await console.FireAsync("CartDown", "cart");
        await page.GetByRole(AriaRole.Link, new() { Name = "CartDown" }).ClickAsync(new() { Timeout = Patient.Timeout });

        var approval = page.GetByTestId("approval");
        await Expect(approval).ToContainTextAsync("Signing needs the role of an approver in this project.", new() { Timeout = Patient.Timeout });
        await Expect(approval.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(page.GetByText("Acting here needs the role of an operator in this project.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToHaveCountAsync(0);
        await page.ShouldBeReadableAsync();
    }

    [Fact]
    public async Task Pages_OnANarrowDarkScreen_NeedsNoSidewaysScrolling()
    {
        var page = await console.OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 400, Height = 800 } });
        await page.SignInAsync(console.AdminKey);
        await console.FireAsync("HighLoad", "api");

        var link = page.GetByRole(AriaRole.Link, new() { Name = "HighLoad" });
        await Expect(link).ToBeVisibleAsync(Patient);
        (await page.NeedsNoSidewaysScrollingAsync()).ShouldBeTrue();
        await page.ShootAsync("narrow-list");
        await link.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "HighLoad" })).ToBeVisibleAsync();

        (await page.NeedsNoSidewaysScrollingAsync()).ShouldBeTrue();
        await page.ShootAsync("narrow");
    }

    [Fact]
    public async Task Pages_InChinese_SpeakIt()
    {
        var page = await console.OpenAsync(new BrowserNewContextOptions { Locale = "zh-TW" });
        await page.GotoAsync("/");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "登入" })).ToBeVisibleAsync();
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("zh-TW");
    }

    /// <summary>The chain behind the page has several steps, each its own commit, on a machine that may be busy.</summary>
    private static LocatorAssertionsToBeVisibleOptions Patient { get; } = new() { Timeout = 60_000 };

    [GeneratedRegex("/incidents/INC-[0-9A-Z-]+$")]
    private static partial Regex IncidentAddress();
}
