"""The load at the lane: listed and below the ceiling, or for Customs."""

from pass_seen import panel, uses


def add(officer, product, quantity, value, currency="MZN"):
    officer.lane.goods.ask()
    dialog = officer.lane.goods.dialog
    fields = dialog.fields
    fields["product"].setCurrentIndex(fields["product"].findData(product))
    fields["quantity"].setText(quantity)
    fields["value"].setText(value)
    fields["currency"].setCurrentIndex(fields["currency"].findData(currency))
    dialog.ok.click()
    officer.settle()
    return dialog


def test_a_load_within_the_ceiling_is_simplified_and_above_it_customs(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal)
    add(officer, "maize", "50", "40,00", "USD")
    assert panel(officer).load.text().startswith("Regime simplificado")
    assert "40,00 USD de 1000,00 USD" in panel(officer).load.text()
    add(officer, "rice", "500", "961", "USD")
    assert panel(officer).load.text().startswith("Regime normal: Alfândegas")
    officer.decides()
    [use] = uses(officer, one.number)
    assert (use.regime, use.products) == ("customs", ("maize", "rice"))


def test_a_product_that_is_not_listed_and_a_quantity_that_cannot_be(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1])
    dialog = add(officer, "other", "zero", "10")
    assert "BMIS-664" in dialog.trouble.text()
    dialog.reject()
    add(officer, "other", "1", "10")
    assert panel(officer).load.text().startswith("Regime normal: Alfândegas")
    assert "não está na lista que temos, que não está completa" in panel(officer).load.text()


def test_goods_without_a_pass_are_told_to_be_for_customs(at_work):
    officer = at_work()
    officer.lane.goods.ask()
    assert officer.codes() == ["BMIS-762"]
