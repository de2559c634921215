using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AwoooP.Console.Tests;

/// <summary>The pages behind the navigation, each with what a person does there.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class PageTests(ServedConsole console)
{
    [Fact]
    public async Task Playbooks_Draft_IsReadApprovedAndActivated()
    {
        var id = await console.DraftPlaybookAsync("Empty the cache", "CacheFull");
        var page = await console.OpenAsync();
        await page.SignInAsync(console.AdminKey);
        await page.GoToAsync("Playbooks");
        var row = page.GetByTestId(id);
        await Expect(row).ToContainTextAsync("draft");
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("playbooks");

        await row.GetByRole(AriaRole.Link, new() { Name = "Empty the cache" }).ClickAsync();
        await Expect(page.GetByTestId("steps")).ToContainTextAsync("wait 1 s");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(page.GetByTestId("playbook-status")).ToHaveTextAsync("approved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(page.GetByTestId("playbook-status")).ToHaveTextAsync("active");
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("playbook");

        await page.GetByRole(AriaRole.Link, new() { Name = "All playbooks" }).ClickAsync();
        await Expect(row).ToContainTextAsync("active");
    }

    [Fact]
    public async Task Approval_WaitingForMe_IsSignedByMouseAndItsRunIsShown()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync("eve", "approver"));
        await page.GoToAsync("Approvals");
        await Expect(page.GetByText("Nothing waits for your signature.")).ToBeVisibleAsync();

        await console.FireAsync("TillDown", "till");
        await Expect(page.GetByTestId("waiting")).ToHaveTextAsync("1");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "0/1" });
        await Expect(row).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("approvals");
        await row.ClickAsync();

        await Expect(page.GetByTestId("plan")).ToContainTextAsync("till");
        await page.GetByTestId("approval").GetByLabel("Comment").FillAsync("Customers wait");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(page.GetByTestId("approval")).ToContainTextAsync("eve approved “Customers wait”");
        await Expect(page.GetByTestId("approval-status")).ToHaveTextAsync("executed");
        await Expect(page.GetByTestId("waiting")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Run of the repair" }).ClickAsync();
        await Expect(page.GetByTestId("run-state")).ToHaveTextAsync("completed");
        var steps = page.GetByTestId("executed");
        await Expect(steps).ToContainTextAsync("Let it settle");
        await Expect(steps.GetByText("succeeded")).ToHaveCountAsync(2);
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("run");

        var run = new Uri(page.Url).Segments[^1];
        await page.GoToAsync("Runs");
        await Expect(page.GetByTestId(run)).ToContainTextAsync("completed");
    }

    [Fact]
    public async Task Pause_OfTheProject_IsSeenOnEveryPageUntilItIsResumed()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync("olga", "operator"));
        await page.GoToAsync("Automation");
        var project = page.GetByTestId("brake-project");
        await Expect(page.GetByText("Automation is running")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("brake-all").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await project.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeDisabledAsync();
        await page.ShouldBeReadableAsync();
        await dialog.GetByLabel("Reason").FillAsync("Moving the database");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(project).ToContainTextAsync("Moving the database (olga");

        foreach (var name in (string[])["Incidents", "Approvals", "Runs", "Playbooks"])
        {
            await page.GoToAsync(name);
            await Expect(page.GetByTestId("paused")).ToContainTextAsync("This project: Moving the database");
        }

        await page.ShouldBeReadableAsync();
        await page.ShootAsync("paused");
        await page.GetByTestId("paused").GetByRole(AriaRole.Link).ClickAsync();
        await project.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByTestId("paused")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Automation is running")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Cluster_OneSilo_IsShownWithAllPartitionsAndItsGrainsAsTheyAreActivated()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(console.AdminKey);
        await page.GoToAsync("Cluster");

        await Expect(page.GetByTestId("cluster-summary")).ToContainTextAsync("Silos alive: 1 · 256 partitions");
        await Expect(page.GetByTestId("unowned")).ToHaveCountAsync(0);
        var silo = page.GetByRole(AriaRole.Table, new() { Name = "Silos" }).GetByRole(AriaRole.Row).Nth(1);
        await Expect(silo).ToContainTextAsync("alive");
        await Expect(silo).ToContainTextAsync("100 %");

        await console.FireAsync("DiskFull", "disk");
        await Expect(silo).ToContainTextAsync(new Regex(@"incident [1-9]"), new() { UseInnerText = true });
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Consumers of the log" }).GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();
        await Expect(page.GetByText("None: every event of this project could be delivered.")).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("cluster");
    }

    [Fact]
    public async Task Cluster_ForAViewer_ShowsTheSilosAndNotTheConsumers()
    {
        var page = await console.OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 400, Height = 800 } });
        await page.SignInAsync(await console.IssueKeyAsync("victor", "viewer"));
        await page.GoToAsync("Cluster");

        await Expect(page.GetByTestId("cluster-summary")).ToBeVisibleAsync();
        await Expect(page.GetByText("is shown to operators of this project")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        (await page.NeedsNoSidewaysScrollingAsync()).ShouldBeTrue();
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("narrow-cluster");
    }

    [Fact]
    public async Task Budget_RaisedByAnAdmin_IsSetForAReasonAndStandsInTheAuditTrail()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(console.AdminKey);
        await page.GoToAsync("Budget");
        await Expect(page.GetByTestId("period-month")).ToContainTextAsync("of $50.00");
        await Expect(page.GetByTestId("default-plan")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing was spent in this time.")).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();

        var save = page.GetByRole(AriaRole.Button, new() { Name = "Set the limits" });
        await page.GetByLabel("Project, in a month: US dollars").FillAsync("80.5");
        await Expect(save).ToBeDisabledAsync();
        await page.GetByLabel("Reason").FillAsync("The month ends late");
        await save.ClickAsync();
        await Expect(page.GetByTestId("period-month")).ToContainTextAsync("of $80.50");
        await Expect(page.GetByTestId("default-plan")).ToHaveCountAsync(0);
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("budget");

        await page.GoToAsync("Audit");
        await page.GetByLabel("Act", new() { Exact = true }).FillAsync("budget.set");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "The month ends late" });
        await Expect(row).ToContainTextAsync("done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the trail" }).ClickAsync();
        await Expect(page.GetByTestId("whole")).ToContainTextAsync("The trail is whole.");
        await page.ShouldBeReadableAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        file.SuggestedFilename.ShouldBe("acts.jsonl");
        (await File.ReadAllTextAsync((await file.PathAsync())!)).ShouldContain("The month ends late");
        await page.ShootAsync("audit");
    }

    [Fact]
    public async Task Budget_ForAViewer_IsReadAndNotChanged()
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync("vito", "viewer"));
        await page.GoToAsync("Budget");

        await Expect(page.GetByTestId("period-day")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Set the limits" })).ToHaveCountAsync(0);
        await Expect(page.GetByText("Changing limits needs an administrator of the project.")).ToBeVisibleAsync();
        await page.ShouldBeReadableAsync();
    }

    [Theory]
    [InlineData("en-US", "en", "Incidents", "Approvals", "Runs", "Playbooks", "Projects", "Contracts", "Budget", "Audit", "Cluster", "Automation", "Keys")]
    [InlineData("zh-TW", "zh-TW", "事件", "核准", "執行紀錄", "劇本", "專案", "合約", "預算", "稽核", "叢集", "自動化", "金鑰")]
    public async Task Pages_InEachLanguage_SpeakItAndFitANarrowScreen(string locale, string language, params string[] names)
    {
        var page = await console.OpenAsync(new BrowserNewContextOptions { Locale = locale, ViewportSize = new() { Width = 400, Height = 800 } });
        await page.SignInAsync(console.AdminKey);

        foreach (var name in names)
        {
            await page.GoToAsync(name);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 2 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
            (await page.NeedsNoSidewaysScrollingAsync()).ShouldBeTrue(name);
        }

        (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        await page.GotoAsync($"/playbooks/{console.PlaybookId}");
        await Expect(page.GetByTestId("playbook-status")).ToHaveTextAsync(language == "en" ? "active" : "啟用中");
        (await page.NeedsNoSidewaysScrollingAsync()).ShouldBeTrue();
        await page.ShootAsync($"playbook-{language}");
    }
}
